import type {Message} from '../messages.ts';
import type {EngineState} from '../model.ts';

export const reduceEngine = (state: EngineState, message: Message, now: number): EngineState => {
	const {connection} = state;
	switch (message.type) {
		case 'engine/connecting': {
			if (connection.status !== 'reconnecting') return state;
			const {retryAt: _, ...rest} = connection;
			return {...state, connection: rest};
		}
		case 'engine/connected':
			return {
				...state,
				info: message.info,
				place: message.place,
				connection: {status: 'live', since: message.at},
			};
		case 'engine/lost':
			return {
				...state,
				connection: {
					status: 'reconnecting',
					fault: message.fault,
					attempt: message.attempt,
					retryAt: message.retryAt,
					lostAt: connection.status === 'reconnecting' ? connection.lostAt : now,
				},
			};
		default:
			return state;
	}
};
