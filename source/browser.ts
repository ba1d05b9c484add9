import {spawn} from 'node:child_process';
import type {Clock} from './clock.ts';
import type {BrowserPort} from './commands/types.ts';

type Surroundings = {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly platform: NodeJS.Platform;
};

/** What still runs after this long shows the page by itself. */
const patienceMs = 2000;

/** The program of a desktop that opens an address, and its arguments; no shell takes part. */
const opener = (platform: NodeJS.Platform, url: string): readonly [string, ...string[]] => {
	if (platform === 'darwin') return ['open', url];
	if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url];
	return ['xdg-open', url];
};

/** The browser of the machine that Gantry runs on, if the person sits there. */
export const createBrowser = ({env, platform}: Surroundings, clock: Clock): BrowserPort => ({
	absence: () => {
		if (env.SSH_CONNECTION || env.SSH_TTY) return 'over SSH there is no browser here';
		const hasDisplay = platform === 'darwin' || platform === 'win32' || env.DISPLAY || env.WAYLAND_DISPLAY;
		return hasDisplay ? undefined : 'there is no display here';
	},
	open: async url => {
		const [program, ...args] = opener(platform, url);
		const {promise, resolve, reject} = Promise.withResolvers<void>();
		const child = spawn(program, args, {detached: true, stdio: 'ignore'});
		child.once('error', error => reject(new Error(`${program} cannot be started: ${error.message}`)));
		child.once('exit', code => {
			if (code === 0) resolve();
			else reject(new Error(`${program} ended with exit code ${code ?? 'unknown'}`));
		});
		child.unref();
		const callOff = clock.after(patienceMs, resolve);
		try {
			await promise;
		} finally {
			callOff();
		}
	},
});
