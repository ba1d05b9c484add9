import type {State} from '../model.ts';

/** No engine has answered since the start: there is nothing to show but where it was looked for. */
export const isUnconnected = ({engine}: State): boolean =>
	engine.info === undefined && engine.connection.status === 'reconnecting';
