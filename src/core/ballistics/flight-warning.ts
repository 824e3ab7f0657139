/** Something the reader of a result must know; the code is stable. */
export interface FlightWarning {
  readonly code: 'FLIGHT_MAY_BE_STEERED' | 'FLIGHT_DEPRESSED' | 'FLIGHT_APOGEE_RAISED' | 'FLIGHT_CLASS_ASSUMED';
  readonly message: string;
}
