import type { CodeEntry } from './code-entry.ts'

/** What is noticed between the app and the server: sessions, sending, limits. */
export const runningCodes = {
  'address-not-allowed': {
    title: 'Address not allowed',
    means:
      'The server does not connect to that address: it belongs to a private network or to the machine itself, and the server is open to others, or it is never the address of a database.',
    help: 'Ask whoever runs the server to allow private databases (`SCHEMAFLOW_ALLOW_PRIVATE_DATABASES=1`), or dump the schema and import the file.',
  },
  'already-processed': {
    title: 'Edit known already',
    means: 'The edit came a second time, so long after the first that its result is not kept any more. It was not done twice.',
    help: 'Look at the project for what became of it.',
  },
  'bad-connection': {
    title: 'Connection not understood',
    means:
      'What should say how to reach a database cannot be read, or asks for what is not allowed here, such as a socket or files of the server.',
    help: 'Write it like `postgres://user:password@host:5432/database`.',
  },
  'bad-message': {
    title: 'Message not understood',
    means: 'What the client sent over the live connection has the wrong form.',
    help: 'Reload the page. In a program, correct what the hint names.',
  },
  busy: {
    title: 'Server busy',
    means:
      'The project or the server is receiving more than it can take just now. In the app nothing is lost: edits are kept and sent again.',
    help: 'Wait a moment.',
  },
  'cannot-connect': {
    title: 'Database not reached',
    means: 'No connection to the database could be made, for the reason in the message.',
    help: 'Check host, port, user, password and TLS, and that the database takes connections from here.',
  },
  closed: {
    title: 'Project closed',
    means: 'The project could not be opened or was closed here, for the reason in the message; edits are not taken any more.',
    help: 'Open it again from the dashboard.',
  },
  'database-refused': {
    title: 'PostgreSQL says no',
    means: 'A PostgreSQL database was asked and refused; the message is its own.',
    help: 'Correct what it names.',
  },
  'extension-not-available': {
    title: 'Extension not available here',
    means:
      'The database in which the statements are tried out does not have this extension. What needs it could not be verified; it is kept as it was read.',
    help: 'Nothing is lost. To have it verified too, name a server that has the extension: `--scratch-url`, or `SCHEMAFLOW_SCRATCH_URL`.',
  },
  'foreign-client': {
    title: 'Id of another client',
    means: 'The client id under which edits are sent belongs to somebody else. They were not taken.',
    help: 'Reload the page: it gets an id of its own.',
  },
  'implicit-extension': {
    title: 'Extension never created',
    means: 'The statements use a type or function of an extension that no CREATE EXTENSION brings in. PostgreSQL was given the extension.',
    help: 'Put CREATE EXTENSION at the beginning.',
  },
  'internal-error': {
    title: 'A bug of ours',
    means: 'The program failed at something it should be able to do. Nothing was changed; a statement that was read is kept word for word.',
    help: 'Please report it, with what you did.',
  },
  'no-answer': {
    title: 'No answer',
    means: 'The server could not be reached, or did not answer in time.',
    help: 'Check the network. The app tries again by itself.',
  },
  'not-checked': {
    title: 'Not checked by PostgreSQL',
    means: 'PostgreSQL could not be asked about this, for the reason in the message. It may be right or wrong.',
    help: 'Nothing has to be done. The message says what stood in the way.',
  },
  'not-joined': {
    title: 'No project joined',
    means: 'A client sent edits before it joined a project.',
    help: 'Reload the page. In a program, send `join` first.',
  },
  'not-json': {
    title: 'Body is not JSON',
    means: 'The server takes JSON only; the body is something else, or the header `content-type` does not say so.',
    help: 'Send JSON with `content-type: application/json`.',
  },
  'not-loaded': {
    title: 'Project still loading',
    means: 'The edit came before the project was there.',
    help: 'Try again in a moment.',
  },
  'not-signed-in': {
    title: 'Not signed in',
    means: 'You are not signed in, or your session has ended.',
    help: 'Sign in again, or try it as a guest.',
  },
  'not-storable': {
    title: 'Edit cannot be stored',
    means: "The server's own database refused the edit, and would refuse it again. It was undone.",
    help: 'Look for unusual characters or very long texts.',
  },
  'other-origin': {
    title: 'Request from another site',
    means: 'The browser says that a page of another site sent the request. Such requests are refused, to keep your session safe.',
    help: 'Use the address that the server was set up with.',
  },
  'other-version': {
    title: 'Server updated',
    means: 'The page is of another version than the server.',
    help: 'Reload the page.',
  },
  'too-busy': {
    title: 'Too much at once',
    means: 'You, or everybody together, have as many databases under work on this server as are allowed.',
    help: 'Wait until what is running has ended, or stop it.',
  },
  'refused-by-postgres': {
    title: 'PostgreSQL refused it',
    means:
      'The grammar accepted the statement, but a PostgreSQL that ran it did not, for the reason in the message. What it makes is kept as it was read, marked as unverified.',
    help: 'Correct what the message names. If it is an extension, a role or another version that is missing only here, nothing needs to be done.',
  },
  'resolved-by-postgres': {
    title: 'Resolved by PostgreSQL',
    means:
      'PostgreSQL ran the statements, and what it then had differs from what the text alone says: code made it, a name was generated, a type came from elsewhere. Its word was taken.',
    help: 'Nothing. The message says what differs.',
  },
  'too-large': {
    title: 'Too large',
    means: 'The file, edit or request is larger than can be taken. Nothing was changed.',
    help: 'Dump the schema alone (`pg_dump --schema-only`), or import it in parts.',
  },
  'too-long': {
    title: 'Took too long',
    means: 'The work was stopped because it took longer than allowed. Nothing was changed.',
    help: 'Choose less at once: fewer namespaces or tables, or the file in parts.',
  },
  'too-many-creations': {
    title: 'Too many new projects',
    means: 'You made as many projects within an hour as are allowed.',
    help: 'Try again later.',
  },
  'too-many-messages': {
    title: 'Sending too fast',
    means: 'You are sending faster than allowed. In the app nothing is lost: edits are kept and sent later.',
    help: 'Wait as long as the hint says.',
  },
  'too-many-projects': {
    title: 'Too many projects',
    means: 'You have as many projects as are allowed here.',
    help: 'Delete one first.',
  },
  unavailable: {
    title: 'Not possible just now',
    means: 'The server or its database cannot do this at the moment. In the app nothing is lost: edits are kept and sent again.',
    help: 'Wait a moment; if it lasts, tell who runs the server.',
  },
  'unknown-client': {
    title: 'Tab forgotten',
    means: 'The server does not know this tab any more, so it cannot tell which of its edits it has seen. Unsaved edits were not taken.',
    help: 'Reload the page and make them again.',
  },
  'unknown-message': {
    title: 'No such message',
    means: 'A client sent a message over the live connection that the server does not know.',
    help: 'Reload the page. In a program, check the name.',
  },
} satisfies Readonly<Record<string, CodeEntry>>
