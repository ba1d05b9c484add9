/** The thread in which images are read: small, started for one image, ended by the other side. */
import {parentPort} from 'node:worker_threads';
import {chunkQueue} from './chunk-queue.ts';
import {memoryOf, type ToReader} from './protocol.ts';
import {readImage} from './read-image.ts';

if (parentPort === null) throw new Error('this is no program of its own');
const port = parentPort;
const chunks = chunkQueue(({buffer}) => {
	port.postMessage({kind: 'taken', memory: buffer}, [buffer]);
});
port.on('message', (message: ToReader) => {
	switch (message.kind) {
		case 'begin':
			void readImage(message.task, chunks, told => {
				port.postMessage(told, told.kind === 'layer' ? memoryOf(told.layer) : []);
			});
			return;
		case 'chunk':
			chunks.push(message.bytes);
			return;
		case 'end':
			chunks.end();
			return;
	}
	message satisfies never;
});
