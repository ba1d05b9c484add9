import type {Session} from './context.ts';

const pingAfterMs = 15_000;

/**
 * Finds the connection dead that says nothing: through a proxy or ssh a broken line looks like a quiet engine.
 * @param quietMs for how long nothing was heard.
 */
export const watchLiveness = (session: Session, quietMs: () => number): void => {
	const {engine, scope} = session;
	const check = (): void => {
		const restMs = pingAfterMs - quietMs();
		if (restMs > 0) {
			scope.after(restMs, check);
			return;
		}
		scope.start(async signal => {
			await engine.ping(signal);
			session.heard();
			scope.after(pingAfterMs, check);
		});
	};
	scope.after(pingAfterMs, check);
};
