import { z } from 'zod';

/** The form of `config/places.yaml`: places that the passage of a flight is told for. */
export const placesSchema = z.strictObject({
  places: z
    .array(
      z.strictObject({
        lat: z.number().min(-90).max(90),
        lon: z.number().min(-180).max(180),
        names: z.record(z.string(), z.string().min(1)),
      }),
    )
    .max(5000),
});

export type NamedPlace = z.output<typeof placesSchema>['places'][number];
