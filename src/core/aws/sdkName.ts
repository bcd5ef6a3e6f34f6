/**
 * A profile's name as the SDK reads it, which skips sections whose names have spaces or letters beyond ASCII.
 *
 * The AWS CLI takes them all; so does whoever uses this name and `readConfigFiles`.
 */
export function sdkName(profile: string): string {
  // One name makes the SDK drop the whole file.
  if (profile === '__proto__') return '%5F_proto__';
  return profile.replace(/[^\w@+.:/-]/gu, encodeURIComponent);
}

/** What `sdkName` was made of. */
export function ownName(sdk: string): string {
  try {
    return decodeURIComponent(sdk);
  } catch {
    return sdk;
  }
}
