/** The rule for passwords: length, because length is what makes guessing hard. */
export const passwordMinLength = 10;

/** How many more characters are needed; 0 when the password is long enough. Counts what a person would count. */
export function charactersMissing(password: string): number {
  return Math.max(0, passwordMinLength - [...password].length);
}
