/** The embedded engine in a process of its own, for `embedded-stage.ts`: options come as an argument, orders as messages. */
import process from 'node:process';
import {type DemoOptions, startDemoEngine} from '../../source/demo/demo-engine.ts';

/** What it is told: to change its containers so many times a second for so long. */
export type DemoOrder = {readonly perSecond: number; readonly seconds: number};

/** What it tells: that it can be asked, and that an order has been carried out. */
export type DemoNews = 'ready' | 'done';

const options: DemoOptions = JSON.parse(process.argv[2] ?? '{}');
const engine = await startDemoEngine(options);
const tell = (news: DemoNews): void => {
	process.send?.(news);
};

process.on('message', (order: DemoOrder) => {
	void engine.storm(order).then(() => {
		tell('done');
	});
});
// Also when the one who measures is killed.
process.once('disconnect', () => void engine.stop());
tell('ready');
