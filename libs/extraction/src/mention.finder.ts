export function normaliseName(name: string): string { return name.trim(); }
