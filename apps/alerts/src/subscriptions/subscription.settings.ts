export const SUBSCRIPTION_SETTINGS = Symbol('subscription settings');

export interface SubscriptionSettings {
  /** Subscriptions that one owner may have, whichever of its keys made them. */
  perOwner: number;
}

/** `SUBSCRIPTIONS_PER_OWNER` (1000). Throws an Error that names what cannot be read. */
export function subscriptionSettingsFromEnv(env: NodeJS.ProcessEnv): SubscriptionSettings {
  const given = env.SUBSCRIPTIONS_PER_OWNER ?? '1000';
  const perOwner = Number(given);
  if (!Number.isInteger(perOwner) || perOwner < 1) {
    throw new Error(`SUBSCRIPTIONS_PER_OWNER: not a positive whole number: '${given}'`);
  }
  return { perOwner };
}
