const shellPrefix = /^(?:RUN )?(?:\|\d+ .*? )?\/bin\/sh -c /s;
const noOperation = /^\/bin\/sh -c #\(nop\)\s+/;

/**
 * A step of an image's history as its Dockerfile says it: `RUN apt-get update` for what builders keep as
 * `/bin/sh -c apt-get update`, `|1 A=b /bin/sh -c …` or `RUN /bin/sh -c … # buildkit`.
 */
export const instructionOf = (createdBy: string): string => {
	const text = createdBy.trim().replace(/ # buildkit$/, '');
	if (noOperation.test(text)) return text.replace(noOperation, '').trim();
	return shellPrefix.test(text) ? `RUN ${text.replace(shellPrefix, '').trim()}` : text;
};

/** Whether a step of this kind makes a layer. Source: moby `builder/dockerfile`, BuildKit `dockerfile2llb`. */
export const isLayerStep = (createdBy: string): boolean =>
	/^(?:RUN|ADD|COPY|WORKDIR)\b/.test(instructionOf(createdBy));
