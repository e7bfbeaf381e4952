export const product = 'Talk to Us';
