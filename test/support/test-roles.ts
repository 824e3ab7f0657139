/** Every database of the tests has "test" in its name; what is without is refused. */
export const TEMPLATE = 'triwatch_test_template';
export const OWNER = 'triwatch_test_owner';
export const LOGIN = 'triwatch_test';
/** The server listens on loopback, for the time of the tests, with nothing in it. */
export const PASSWORD = 'only-for-tests';
