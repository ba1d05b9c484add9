/** The thread in which images are read: small, started for one image, ended by the other side. */
import {parentPort, workerData} from 'node:worker_threads';
import {chunkQueue} from './chunk-queue.ts';
import {memoryOf, type ReadTask, type ToReader} from './protocol.ts';
import {readImage} from './read-image.ts';

if (parentPort === null) throw new Error('this is no program of its own');
const port = parentPort;
const task: ReadTask = workerData;
const chunks = chunkQueue(({buffer}) => {
	port.postMessage({kind: 'taken', memory: buffer}, [buffer]);
});
port.on('message', (message: ToReader) => {
	if (message.kind === 'chunk') chunks.push(message.bytes);
	else chunks.end();
});
await readImage(task, chunks, message => {
	port.postMessage(message, message.kind === 'layer' ? memoryOf(message.layer) : []);
});
