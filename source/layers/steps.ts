/** Work on all of an image that lets others go first between its steps. */
export type Steps<Result> = Generator<void, Result, void>;

export const inOneGo = <Result>(steps: Steps<Result>): Result => {
	let step = steps.next();
	while (step.done !== true) step = steps.next();
	return step.value;
};

/** Settles when others had their turn; @returns whether the work is still wanted. */
export type Turn = () => Promise<boolean>;

/** @returns nothing when it was not wanted any more */
export const inTurns = async <Result>(steps: Steps<Result>, turn: Turn): Promise<Result | undefined> => {
	let step = steps.next();
	while (step.done !== true) {
		if (!(await turn())) return undefined;
		step = steps.next();
	}
	return step.value;
};
