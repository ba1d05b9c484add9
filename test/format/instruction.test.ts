import assert from 'node:assert/strict';
import {test} from 'node:test';
import {dockerfileInstruction} from '../../source/format/instruction.ts';

const table: readonly (readonly [string, string])[] = [
	['/bin/sh -c #(nop)  CMD ["echo hi"]', 'CMD ["echo hi"]'],
	['/bin/sh -e -c #(nop)  ENTRYPOINT ["/bin/sh" "-c"]', 'ENTRYPOINT ["/bin/sh", "-c"]'],
	['/bin/sh -c #(nop)  SHELL [/bin/sh -e -c]', 'SHELL ["/bin/sh", "-e", "-c"]'],
	['/bin/sh -c #(nop)  VOLUME [/data]', 'VOLUME /data'],
	['/bin/sh -c #(nop)  EXPOSE 53/udp 80/tcp', 'EXPOSE 53/udp 80/tcp'],
	['EXPOSE map[80/tcp:{} 53/udp:{}]', 'EXPOSE 80/tcp 53/udp'],
	['EXPOSE [80/tcp]', 'EXPOSE 80/tcp'],
	['/bin/sh -c #(nop) COPY file:c50ecf in /srv/app/ ', 'COPY file:c50ecf in /srv/app/'],
	['/bin/sh -c #(nop)  ENV A=#(nop) B=1', 'ENV A=#(nop) B=1'],
	[
		'/bin/sh -c #(nop)  HEALTHCHECK &{["CMD-SHELL" "wget -q http://localhost/ || exit 1"] "5s" "3s" "0s" \'\\x04\'}',
		'HEALTHCHECK --interval=5s --timeout=3s --retries=4 CMD wget -q http://localhost/ || exit 1',
	],
	[
		'HEALTHCHECK &{["CMD" "a" "b"] "0s" "0s" "10s" "0s" \'\\x00\'}',
		'HEALTHCHECK --start-period=10s CMD ["a","b"]',
	],
	['HEALTHCHECK &{["NONE"] "0s" "0s" "0s" \'\\x00\'}', 'HEALTHCHECK NONE'],
	['HEALTHCHECK something new', 'HEALTHCHECK something new'],
	['|1 VERSION=2 /bin/sh -c dd if=/dev/zero && echo done', 'RUN dd if=/dev/zero && echo done  # VERSION=2'],
	['/bin/sh -c apt-get update &&     apt-get install', 'RUN apt-get update &&     apt-get install'],
	['/bin/bash -o pipefail -c make', 'RUN /bin/bash -o pipefail -c make'],
	['RUN /bin/sh -c make # buildkit', 'RUN make'],
	['RUN |2 A=1 B=two words /bin/sh -c make # buildkit', 'RUN make  # A=1 B=two words'],
	['COPY app /app # buildkit', 'COPY app /app'],
	['CMD ["serve"]', 'CMD ["serve"]'],
	['WORKDIR /srv', 'WORKDIR /srv'],
	['bash', 'bash'],
	['sh', 'sh'],
	['', ''],
];

for (const [said, spelled] of table) {
	test(said === '' ? 'nothing' : said, () => {
		assert.equal(dockerfileInstruction(said), spelled);
	});
}
