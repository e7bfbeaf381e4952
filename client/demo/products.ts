import bowl from './art/dune-bowl.svg';
import mug from './art/harbour-mug.svg';
import teapot from './art/heron-teapot.svg';
import planter from './art/moss-planter.svg';
import vase from './art/reed-vase.svg';
import plate from './art/shoal-plate.svg';

export type Product = {
  slug: string;
  name: string;
  /** Euro cents. */
  price: number;
  image: string;
  /** A class of `shop.css` for the ground behind the picture. */
  ground: 'sea' | 'sand' | 'reed' | 'moss' | 'foam' | 'clay';
  line: string;
  story: string;
  facts: [label: string, value: string][];
};

export const products: Product[] = [
  {
    slug: 'harbour-mug',
    name: 'Harbour mug',
    price: 2800,
    image: mug,
    ground: 'sea',
    line: 'For the first coffee, by the window.',
    story:
      'Thrown in one pull and dipped twice, so that the blue breaks where the two glazes meet. The handle takes three fingers and stays cool.',
    facts: [
      ['Holds', '320 ml'],
      ['Height', '9.5 cm'],
      ['Care', 'Dishwasher and microwave'],
    ],
  },
  {
    slug: 'dune-bowl',
    name: 'Dune bowl',
    price: 4600,
    image: bowl,
    ground: 'sand',
    line: 'Wide enough for a salad for four.',
    story:
      'A generous bowl with a band of bare, warm clay. The inside is glazed twice and easy to clean; the outside is left to the hand.',
    facts: [
      ['Across', '28 cm'],
      ['Holds', '2.4 l'],
      ['Care', 'Dishwasher'],
    ],
  },
  {
    slug: 'heron-teapot',
    name: 'Heron teapot',
    price: 8900,
    image: teapot,
    ground: 'moss',
    line: 'Pours without a drop beside the cup.',
    story:
      'It took forty spouts to find this one. The strainer is built in, the bamboo handle folds down for the shelf.',
    facts: [
      ['Holds', '900 ml'],
      ['Strainer', 'Built in'],
      ['Care', 'By hand'],
    ],
  },
  {
    slug: 'shoal-plate',
    name: 'Shoal plate',
    price: 3400,
    image: plate,
    ground: 'foam',
    line: 'Seven fish, and one goes its own way.',
    story: 'Each shoal is painted by hand before the last firing, so no two plates swim alike.',
    facts: [
      ['Across', '26 cm'],
      ['Glaze', 'Food safe, no lead'],
      ['Care', 'Dishwasher'],
    ],
  },
  {
    slug: 'reed-vase',
    name: 'Reed vase',
    price: 6200,
    image: vase,
    ground: 'reed',
    line: 'A narrow neck for three stems.',
    story:
      'Made for dry grasses and single branches. The rings are cut into the leather-hard clay while the wheel still turns.',
    facts: [
      ['Height', '24 cm'],
      ['Neck', '3 cm'],
      ['Water', 'Tight'],
    ],
  },
  {
    slug: 'moss-planter',
    name: 'Moss planter',
    price: 5200,
    image: planter,
    ground: 'clay',
    line: 'Breathes, as roots like it.',
    story: 'Unglazed outside, with a hidden saucer inside the foot. The plant in the picture stays with us.',
    facts: [
      ['Across', '18 cm'],
      ['Drainage', 'Hidden saucer'],
      ['Care', 'Rain or shine'],
    ],
  },
];

const euro = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' });

/** `2800` -> `€28.00`. */
export const money = (cents: number): string => euro.format(cents / 100);

export const bySlug = (slug: string | null): Product | undefined =>
  products.find(product => product.slug === slug);
