/** Files that stay files in the build: the content security policy allows no `data:` icons. */
declare module '*.svg?no-inline' {
  const url: string;
  export default url;
}
