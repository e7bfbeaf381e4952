/** Those of the European Union, then those of others who shop there and elsewhere. One catalogue each; short, since every visitor is sent it. */
const all = 'bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv ar he hi ja ko tr uk zh';

type Split<S extends string> = S extends `${infer First} ${infer Rest}` ? First | Split<Rest> : S;
export type Language = Split<typeof all>;

export const languages = all.split(' ') as Language[];
