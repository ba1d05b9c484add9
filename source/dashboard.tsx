import process from 'node:process';
import {render} from 'ink';
import {App} from './app.tsx';
import {systemClock} from './clock.ts';
import {commands} from './commands/registry.ts';
import {createRunner} from './commands/run.ts';
import type {Engine} from './engine/engine.ts';
import {startFeed} from './feed/feed.ts';
import {buildKeymap} from './keys/keymap.ts';
import {watchProcess} from './process-watch.ts';
import {initialState, reduce} from './state/reduce.ts';
import {selectDemand} from './state/selectors/demand.ts';
import {createStore} from './state/store.ts';
import {createTerminal} from './terminal.ts';
import {detectTheme} from './theme/detect.ts';
import {createTheme} from './theme/theme.ts';
import {holdYoungGeneration} from './young-generation.ts';

/**
 * Wires engine, store, feed and screen together, and takes them apart again: however it ends, the terminal is as
 * it was.
 * @returns the exit code.
 */
export const openDashboard = async ({
	engine,
	source,
	isReadOnly,
	isTrusting,
}: {
	readonly engine: Engine;
	readonly source: string;
	readonly isReadOnly: boolean;
	readonly isTrusting: boolean;
}): Promise<number> => {
	const {stdin, stdout} = process;
	const size = () => ({columns: Math.max(1, stdout.columns), rows: Math.max(1, stdout.rows)});
	const store = createStore(
		initialState({
			address: engine.address,
			source,
			...size(),
			isReadOnly,
			isTrusting,
			now: systemClock.now(),
		}),
		reduce,
	);
	const terminal = createTerminal(stdin, stdout);
	const leaving = new AbortController();
	const ended = Promise.withResolvers<number>();
	const {keymap} = buildKeymap(commands);
	const runner = createRunner(commands, {
		store,
		engine,
		terminal: terminal.port,
		clock: systemClock,
		signal: leaving.signal,
		quit: () => {
			ended.resolve(0);
		},
	});

	const resized = (): void => {
		store.dispatch({type: 'ui/resized', ...size()});
	};
	// Before Ink's own listener: the frame for the new size is the first one drawn at that size.
	stdout.on('resize', resized);
	const theme = createTheme(detectTheme(process.env, true));
	const feed = startFeed({engine, store, selectDemand, clock: systemClock});
	const instance = render(
		<App
			services={{store, runner, commands, keymap, theme}}
			onReady={terminal.attach}
			onCrash={error => {
				ended.reject(error);
			}}
		/>,
		{
			stdin,
			stdout,
			alternateScreen: true,
			incrementalRendering: true,
			interactive: true,
			exitOnCtrlC: false,
			patchConsole: false,
			maxFps: 60,
		},
	);
	const unwatch = watchProcess({
		stdin,
		stdout,
		end: ended.resolve,
		crash: ended.reject,
		warn: text => {
			const at = systemClock.now();
			store.dispatch({type: 'ui/toast-shown', toast: {id: -at, kind: 'info', text, at, expiresAt: at}});
		},
	});

	const releaseYoungGeneration = holdYoungGeneration(systemClock);
	try {
		return await ended.promise;
	} finally {
		leaving.abort();
		releaseYoungGeneration();
		stdout.off('resize', resized);
		instance.unmount();
		await feed.stop();
		engine.close();
		unwatch();
	}
};
