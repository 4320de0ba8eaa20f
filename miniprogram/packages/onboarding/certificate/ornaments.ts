import type { Brush } from '../../../services/picture';

const CINNABAR = '#b8322a';
const AZURITE = '#2b5f75';
const ON_SEAL = '#fdf8ee';

/** Two lines around the sheet, and a squared spiral, as on old book cases, in each corner. */
export function drawFrame(brush: Brush, width: number, height: number): void {
  brush.strokeStyle = AZURITE;
  brush.lineWidth = 5;
  brush.strokeRect(36, 36, width - 72, height - 72);
  brush.lineWidth = 1.5;
  brush.strokeRect(50, 50, width - 100, height - 100);
  for (const [x, y, right, down] of [
    [62, 62, 1, 1],
    [width - 62, 62, -1, 1],
    [62, height - 62, 1, -1],
    [width - 62, height - 62, -1, -1],
  ] as const)
    drawSpiral(brush, x, y, right, down);
}

/** Steps of the spiral from its corner inwards: right, down, left, up, … */
const STEPS = [60, 60, 44, 44, 28, 28, 14];

function drawSpiral(brush: Brush, x: number, y: number, right: 1 | -1, down: 1 | -1): void {
  const ways = [
    [1, 0],
    [0, 1],
    [-1, 0],
    [0, -1],
  ] as const;
  brush.lineWidth = 4;
  brush.strokeStyle = AZURITE;
  brush.beginPath();
  brush.moveTo(x, y + down * 76);
  brush.lineTo(x, y);
  let [atX, atY] = [x, y];
  for (const [step, length] of STEPS.entries()) {
    const [goX, goY] = ways[step % 4] ?? ways[0];
    atX += right * goX * length;
    atY += down * goY * length;
    brush.lineTo(atX, atY);
  }
  brush.stroke();
}

const PETALS = 12;
const RINGS = 5;

/** A faint web of waves around a middle, that no copier draws by hand. */
export function drawRosette(brush: Brush, x: number, y: number, radius: number): void {
  brush.save();
  brush.globalAlpha = 0.16;
  brush.strokeStyle = AZURITE;
  brush.lineWidth = 1;
  for (let ring = 0; ring < RINGS; ring++)
    for (const turn of [0, 1]) {
      brush.beginPath();
      for (let step = 0; step <= 360; step++) {
        const angle = (step * Math.PI) / 180;
        const wave = Math.cos(angle * PETALS + turn * Math.PI + ring * 0.6);
        const reach = radius * (1 - ring * 0.14) * (0.88 + 0.12 * wave);
        const [toX, toY] = [x + reach * Math.cos(angle), y + reach * Math.sin(angle)];
        if (step === 0) brush.moveTo(toX, toY);
        else brush.lineTo(toX, toY);
      }
      brush.closePath();
      brush.stroke();
    }
  brush.restore();
}

const SEAL = 112;

/** A seal, a little askew: four characters in two columns from the right, or a word across. */
export function drawSeal(brush: Brush, text: string, x: number, y: number, family: string): void {
  brush.save();
  brush.translate(x, y);
  brush.rotate(-0.08);
  brush.globalAlpha = 0.92;
  brush.fillStyle = CINNABAR;
  brush.fillRect(-SEAL / 2, -SEAL / 2, SEAL, SEAL);
  brush.strokeStyle = ON_SEAL;
  brush.lineWidth = 2.5;
  brush.strokeRect(-SEAL / 2 + 8, -SEAL / 2 + 8, SEAL - 16, SEAL - 16);
  brush.fillStyle = ON_SEAL;
  const characters = [...text];
  if (characters.length === 4) {
    brush.font = `700 38px ${family}`;
    for (const [at, character] of characters.entries())
      brush.fillText(character, at < 2 ? 21 : -21, at % 2 === 0 ? -21 : 23);
  } else {
    brush.font = `700 24px ${family}`;
    brush.fillText(text, 0, 2, SEAL - 26);
  }
  brush.restore();
}
