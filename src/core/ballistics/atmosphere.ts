/**
 * Density of the air by height: exponential layers fitted to the U.S. Standard Atmosphere 1976, as tabulated in
 * Vallado, "Fundamentals of Astrodynamics and Applications", table 8-4. Rows: base altitude in km, density at
 * the base in kg/m³, scale height in km.
 */
const LAYERS: readonly (readonly [baseKm: number, densityKgM3: number, scaleHeightKm: number])[] = [
  [0, 1.225, 7.249],
  [25, 3.899e-2, 6.349],
  [30, 1.774e-2, 6.682],
  [40, 3.972e-3, 7.554],
  [50, 1.057e-3, 8.382],
  [60, 3.206e-4, 7.714],
  [70, 8.77e-5, 6.549],
  [80, 1.905e-5, 5.799],
  [90, 3.396e-6, 5.382],
  [100, 5.297e-7, 5.877],
  [110, 9.661e-8, 7.263],
];

/** Above this the drag on a body that falls is too small to show. */
export const ATMOSPHERE_TOP_KM = 120;

export function densityKgM3(altitudeKm: number): number {
  if (altitudeKm > ATMOSPHERE_TOP_KM) {
    return 0;
  }
  const layer = LAYERS.findLast(([baseKm]) => altitudeKm >= baseKm) ?? LAYERS[0];
  const [baseKm, density, scaleHeightKm] = layer ?? [0, 0, 1];
  return density * Math.exp(-(altitudeKm - baseKm) / scaleHeightKm);
}
