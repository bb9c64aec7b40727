const METRES = { mm: 0.001, cm: 0.01, m: 1, km: 1000, in: 0.0254, ft: 0.3048, mi: 1609.344 } as const;

export type LengthUnit = keyof typeof METRES;
export const LENGTH_UNITS = Object.keys(METRES) as [LengthUnit, ...LengthUnit[]];

export function convertLength(value: number, from: LengthUnit, to: LengthUnit): number {
  return (value * METRES[from]) / METRES[to];
}

export type TemperatureUnit = 'C' | 'F' | 'K';

export function convertTemperature(value: number, from: TemperatureUnit, to: TemperatureUnit): number {
  const celsius = from === 'C' ? value : from === 'F' ? ((value - 32) * 5) / 9 : value - 273.15;
  return to === 'C' ? celsius : to === 'F' ? (celsius * 9) / 5 + 32 : celsius + 273.15;
}

export function daysBetween(start: Date, end: Date): number {
  return Math.round((end.getTime() - start.getTime()) / 86_400_000);
}

export function isoWeek(day: Date): number {
  const thursday = new Date(day);
  thursday.setUTCDate(day.getUTCDate() + 4 - (day.getUTCDay() || 7));
  return Math.ceil(((thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / 86_400_000 + 1) / 7);
}
