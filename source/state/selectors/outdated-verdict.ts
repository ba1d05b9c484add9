import type {Image} from '../../engine/types.ts';
import {formatClock} from '../../format/duration.ts';
import {shortId} from '../../format/image-name.ts';
import {hubHost} from '../../registry/accounts-port.ts';
import type {RemoteReference} from '../../registry/reference.ts';
import type {OutdatedRow, Verdict} from '../../resources/outdated.ts';
import type {CheckFailure, RemoteTag, TagCheck} from '../views/outdated.ts';
import {allDigests, isFromRegistry} from './local-tags.ts';

export type Judged = Pick<OutdatedRow, 'verdict' | 'word' | 'story'>;

/** What is known here of a container's image and of its tag. */
export type Evidence = {
	readonly remote: RemoteReference;
	/** The image that the container was made from; absent: it is not in the list any more. */
	readonly own?: Image;
	/** The image that its tag names here now. */
	readonly tagged?: Image;
	/** Absent: the registry has not answered yet. */
	readonly check?: TagCheck;
};

const judged = (verdict: Verdict, word: string, story: string): Judged => ({verdict, word, story});

/** Digests name content: one that both have is proof. */
const isSame = (image: Image, {digest, listed, imageIds}: RemoteTag): boolean => {
	const here = new Set([...allDigests(image), image.id]);
	return [digest, ...listed].some(each => here.has(each)) || imageIds.includes(image.id);
};

/** Without the name before it, which the row has already. */
const bare = (message: string, host: string): string =>
	message.startsWith(host) ? message.replace(/^\S+: /, '') : message;

const failedWord = ({reason, host, message, until}: CheckFailure): string => {
	switch (reason) {
		case 'login':
			// It says the same of what it does not have.
			return `${host === hubHost ? 'not there, or no permission' : 'no permission'}: :login ${host}`;
		case 'denied':
			return 'no permission';
		case 'limited':
			return `rate limited${until === undefined ? '' : ` until ${formatClock(until)}`}`;
		case 'unknown':
			return bare(message, host);
	}
};

const failedStory = ({reason, host, message, until}: CheckFailure): string => {
	switch (reason) {
		case 'login':
			return `${message}. :login ${host} logs in, then r asks again.`;
		case 'denied':
			return `${message}. Whoever is logged in to ${host} may not see it; :login ${host} takes another account.`;
		case 'limited':
			return `${message}. ${host} is asked nothing more${until === undefined ? '' : ` before ${formatClock(until)}`}; r asks again.`;
		case 'unknown':
			return `${message}. r asks again.`;
	}
};

const hereStory = (own: Image | undefined, tagged: Image): string =>
	`The tag names ${shortId(tagged.id)} here, the container runs ${own === undefined ? 'another image, which is gone' : shortId(own.id)}. N recreates it from the image that is here.`;

/** The engine tells the digest alone. */
const engineNote =
	'The engine was asked, as this machine does not get there: an index made anew around the same image looks newer too.';

const against = ({remote, own, tagged}: Evidence, tag: RemoteTag): Judged => {
	const isMoved = tagged !== undefined && tagged.id !== own?.id;
	if (own !== undefined && isSame(own, tag))
		return judged('up-to-date', 'up to date', `${remote.host} has the image that it runs under this tag.`);
	if (isMoved && isSame(tagged, tag))
		return judged('newer-here', 'newer here: recreate', hereStory(own, tagged));
	const byEngine = tag.isByEngine ? engineNote : undefined;
	const note = [tag.note, byEngine].map(text => (text === undefined ? '' : ` ${text}`)).join('');
	return judged(
		'newer-there',
		'newer there',
		`${remote.host} has another image under this tag. N pulls it and recreates the container, P only pulls.${note}`,
	);
};

const gone = judged(
	'unknown',
	'its image is gone',
	'Its image is not in the list any more: there is nothing to compare.',
);

/** A name that was only given here is nothing to bother a registry with. */
const unaskable = (own: Image, {host, repository}: RemoteReference): Judged =>
	own.digests.length === 0 || host === 'localhost'
		? judged(
				'fixed',
				'built here',
				'No registry knows the image: it was built or loaded here. There is nothing to compare.',
			)
		: judged(
				'fixed',
				`not from ${host}`,
				`It was never pulled from ${host}/${repository} nor pushed there, only tagged so: there is nothing to compare.`,
			);

/** Says of a container's image only what is certain: what nobody could find out is unknown, never up to date. */
export const judge = (evidence: Evidence): Judged => {
	const {own, tagged, check, remote} = evidence;
	const isMoved = tagged !== undefined && tagged.id !== own?.id;
	const isAskable = [own, tagged].some(image => image !== undefined && isFromRegistry(image, remote));
	if (!isAskable) {
		if (isMoved) return judged('newer-here', 'newer here: recreate', hereStory(own, tagged));
		return own === undefined ? gone : unaskable(own, remote);
	}
	if (check === undefined)
		return judged('asking', `asking ${remote.host}`, `${remote.host} has not answered yet.`);
	if (check.status === 'found') return against(evidence, check.tag);
	const why =
		check.status === 'no-tag'
			? judged('gone', 'the tag is gone', `${check.host} has no such tag or repository any more.`)
			: judged('unknown', failedWord(check), failedStory(check));
	if (!isMoved) return why;
	const story = `${hereStory(own, tagged)} ${why.story}`;
	return judged('newer-here', `newer here: recreate (${why.word})`, story);
};
