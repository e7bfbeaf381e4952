export const pictureTexts = {
  noPicture:
    'That file could not be read as a picture. Please choose a PNG, JPEG or WebP picture, or save it anew.',
} as const;
