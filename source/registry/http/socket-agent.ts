import {Agent} from 'node:https';
import {connect, type Socket} from 'node:net';

/**
 * For registries of an invented world: whichever host is meant, the connection is one to a unix socket. No name is
 * looked up and nothing leaves this machine; what would be encrypted elsewhere is not, for there is no way to listen.
 */
export class SocketAgent extends Agent {
	readonly #socketPath: string;

	constructor(socketPath: string) {
		super({keepAlive: true, maxSockets: 8, maxFreeSockets: 4});
		this.#socketPath = socketPath;
	}

	override createConnection(): Socket {
		const socket = connect(this.#socketPath);
		// Who waits for a connection of this kind waits for its encryption.
		socket.once('connect', () => socket.emit('secureConnect'));
		return socket;
	}
}
