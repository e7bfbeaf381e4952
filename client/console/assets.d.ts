/** Files that stay files in the build; the import is their address. */
declare module '*.svg' {
  const url: string;
  export default url;
}
