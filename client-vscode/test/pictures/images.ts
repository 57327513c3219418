/** Screenshots as small files. */

import * as fs from "node:fs";
import * as path from "node:path";

import sharp from "sharp";

import { CLIENT_FOLDER } from "../harness/run";

const MEDIA = path.join(CLIENT_FOLDER, "media");

/** A screenshot of an animation, and how many milliseconds it is shown. */
export interface Frame {
  image: Buffer;
  delay: number;
}

/** Keep a screenshot in the folder of pictures. Those of the walkthrough are packed, and have few colours. */
export async function keepPicture(name: string, screenshot: Buffer): Promise<void> {
  await sharp(screenshot)
    .png({ palette: true, colours: 32, dither: 0, effort: 10 })
    .toFile(target(`${name}.png`));
}

/** Keep screenshots of one size as an animation that goes on for ever. */
export async function keepAnimation(name: string, frames: Frame[]): Promise<void> {
  await sharp(
    frames.map(({ image }) => image),
    { join: { animated: true } },
  )
    .gif({ delay: frames.map(({ delay }) => delay), loop: 0, colours: 64, effort: 10, dither: 0 })
    .toFile(target(`${name}.gif`));
}

function target(name: string): string {
  const file = path.join(MEDIA, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  return file;
}
