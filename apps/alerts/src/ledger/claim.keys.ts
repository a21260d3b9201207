/**
 * The rows that an alert must have to itself. `recorded` is claimed for every id of the lineage, so that neither an heir nor
 * a revived event repeats what either side told. What a revision brought is one event's own: others count their revisions too.
 */
export function claimIds(alert: { subscriptionId: string; lineage: readonly string[]; key: string }): string[] {
  const { subscriptionId, lineage, key } = alert;
  return (key === 'recorded' ? lineage : lineage.slice(0, 1)).map(
    (lineageId) => `${subscriptionId}|${lineageId}|${key}`,
  );
}
