import type {ServerResponse} from 'node:http';
import type {Duplex} from 'node:stream';

/**
 * Takes the connection away from the HTTP parser: what comes in from now on is the session's. There is no listener
 * for `upgrade` on the server, since bodies of such requests reach it on some versions of Node only.
 */
export const takeOver = (response: ServerResponse): Duplex | undefined => {
	const {socket} = response;
	if (socket === null) return undefined;
	response.detachSocket(socket);
	for (const event of ['data', 'end', 'drain', 'timeout']) socket.removeAllListeners(event);
	socket.setTimeout(0);
	return socket;
};

/** Answers that the connection is now a stream of bytes: by 101 when the client asked for it, else by 200. */
export const openSession = (socket: Duplex, isUpgrade: boolean, contentType: string): void => {
	const [status, ...more] = isUpgrade
		? ['101 UPGRADED', 'Connection: Upgrade', 'Upgrade: tcp']
		: ['200 OK', 'Connection: close'];
	socket.write([`HTTP/1.1 ${status}`, `Content-Type: ${contentType}`, ...more, '', ''].join('\r\n'));
};
