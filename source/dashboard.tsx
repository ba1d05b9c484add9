import process from 'node:process';
import {render} from 'ink';
import {App} from './app.tsx';
import type {Backstage} from './backstage.ts';
import {createBrowser} from './browser.ts';
import {systemClock} from './clock.ts';
import {commands} from './commands/registry.ts';
import {createRunner} from './commands/run.ts';
import {createSecretVault} from './commands/secret-vault.ts';
import {holdHeap} from './heap.ts';
import {buildKeymap} from './keys/keymap.ts';
import {createScreen} from './output/screen.ts';
import {watchProcess} from './process-watch.ts';
import {type Seat, sizeOf} from './seat.ts';
import {createTerminal} from './terminal.ts';
import {detectTheme} from './theme/detect.ts';
import {createTheme} from './theme/theme.ts';

/** How it ended: for good, or for another engine. */
export type DashboardEnd =
	| {readonly kind: 'left'; readonly exitCode: number}
	| {readonly kind: 'switched'; readonly next: () => Promise<Seat>};

/** A shell inside a container is ended with Gantry, which takes up to two seconds. */
const guestLimitMs = 3500;

/**
 * Puts the screen before a session and takes it away again: however it ends, the terminal is as it was.
 */
export const openDashboard = async ({
	backstage: {store, engine, registries, stop},
	wayTo,
}: {
	readonly backstage: Backstage;
	/** @throws EndpointError for an engine that cannot be used */
	readonly wayTo: (engineId: string) => () => Promise<Seat>;
}): Promise<DashboardEnd> => {
	const {stdin, stdout} = process;
	const leaving = new AbortController();
	const screen = createScreen(stdout);
	const terminal = createTerminal({stdin, stdout, screen, leaving: leaving.signal});
	const ended = Promise.withResolvers<DashboardEnd>();
	const end = (exitCode: number): void => {
		ended.resolve({kind: 'left', exitCode});
	};
	const {keymap} = buildKeymap(commands);
	const runner = createRunner(commands, {
		store,
		engine,
		terminal: terminal.port,
		browser: createBrowser(process, systemClock),
		clock: systemClock,
		registries,
		secrets: createSecretVault(),
		signal: leaving.signal,
		quit: () => {
			end(0);
		},
		openEngine: id => {
			ended.resolve({kind: 'switched', next: wayTo(id)});
		},
	});

	const resized = (): void => {
		store.dispatch({type: 'ui/resized', ...sizeOf(stdout)});
	};
	// It may have changed while the screen was being loaded.
	resized();
	// Before Ink's own listener: the frame for the new size is the first one drawn at that size.
	stdout.on('resize', resized);
	const theme = createTheme(detectTheme(process.env, true));
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
			stdout: screen.stdout,
			alternateScreen: true,
			interactive: true,
			exitOnCtrlC: false,
			patchConsole: false,
			maxFps: 60,
		},
	);
	const unwatch = watchProcess({
		stdin,
		stdout,
		end,
		crash: ended.reject,
		warn: text => {
			const at = systemClock.now();
			store.dispatch({type: 'ui/toast-shown', toast: {id: -at, kind: 'info', text, at, expiresAt: at}});
		},
	});

	const releaseHeap = holdHeap(systemClock);
	try {
		return await ended.promise;
	} finally {
		leaving.abort();
		releaseHeap();
		stdout.off('resize', resized);
		if (!(await terminal.released(guestLimitMs, systemClock)))
			terminal.port.sayAfterwards('a session inside a container did not end in time and may still run there');
		instance.unmount();
		await stop();
		await screen.close(systemClock);
		for (const word of terminal.lastWords()) process.stderr.write(`gantry: ${word}\n`);
		unwatch();
	}
};
