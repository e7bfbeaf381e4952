/** What can be wrong with a request over HTTP: code -> status and the words for it, unless the thrower has better ones. */
export const httpErrors = {
  'bad-request': { status: 400, message: 'The request could not be understood.' },
  'sign-in-needed': { status: 401, message: 'Please sign in first.' },
  'wrong-credentials': { status: 401, message: 'The e-mail address or the password is not right.' },
  'code-needed': { status: 401, message: 'Enter the code that your authenticator app shows.' },
  'wrong-code': {
    status: 401,
    message: 'That code is not right, or was used already. Wait for the next one.',
  },
  disabled: {
    status: 403,
    message: 'You may not sign in at the moment. Ask the admin of your team.',
  },
  'origin-not-allowed': { status: 403, message: 'This web page may not do that here.' },
  'not-allowed': { status: 403, message: 'Only an admin can do that.' },
  'not-found': { status: 404, message: 'There is nothing here under that name.' },
  'unknown-site': { status: 404, message: 'There is no site with that key. Check the site attribute.' },
  'method-not-allowed': { status: 405, message: 'That cannot be done here.' },
  'email-taken': { status: 409, message: 'Somebody with this e-mail address has an account already.' },
  'last-admin': {
    status: 409,
    message: 'Nobody else is an admin. Make somebody else an admin first.',
  },
  'not-yours': {
    status: 409,
    message: 'This person works for others too, and keeps their password to themselves. They can change it.',
  },
  'two-factor-required': {
    status: 409,
    message: 'Your team asks everybody for two-factor sign-in. You can set it up anew for another phone.',
  },
  'link-gone': {
    status: 410,
    message:
      'This link was used already or is too old. Ask for a new one; for the very first one, start the server again.',
  },
  'too-large': { status: 413, message: 'That is more than can be taken at once.' },
  'changed-meanwhile': {
    status: 409,
    message:
      'Somebody else has changed this since you opened the page. Save again to put yours in its place, or discard your changes to see theirs.',
  },
  'in-use': { status: 409, message: 'That is still in use.' },
  'no-room': { status: 409, message: 'There is no room for more.' },
  'json-needed': { status: 415, message: 'Send JSON, with the content type application/json.' },
  'file-needed': {
    status: 415,
    message: 'Send the file itself, with the content type application/octet-stream.',
  },
  'too-many': { status: 429, message: 'That was tried too often. Please wait a while and try again.' },
  internal: { status: 500, message: 'Something went wrong on our side. Please try again.' },
  'store-down': {
    status: 503,
    message: 'We cannot look anything up at the moment. Nothing is lost; please try again in a minute.',
  },
  busy: {
    status: 503,
    message: 'There is more to do than we can at the moment. Please try again in a moment.',
  },
  'not-ready': { status: 503, message: 'Not ready yet. Please try again in a moment.' },
} as const;
export type HttpErrorCode = keyof typeof httpErrors;
