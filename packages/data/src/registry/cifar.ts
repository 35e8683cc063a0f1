import type { DataFile, DataSet, OtherFile, Split } from './data-set.ts';
import { hubSplit } from './hub.ts';

const homepage = 'https://www.cs.toronto.edu/~kriz/cifar.html';
const licence = 'free for research use; cite Krizhevsky, "Learning multiple layers of features from tiny images", 2009';
const address = 'https://www.cs.toronto.edu/~kriz/';
const shape = { height: 32, width: 32, channels: 3 };
const imageBytes = 3 * 32 * 32;

// The authors publish only the archives' MD5 sums. The sums of the files within are those that the Ruby port of
// torchvision (ankane/torchvision-ruby) checks after extracting the archives with SHA-256
// c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd (CIFAR-10; MD5 c32a1d4ab5d03f1284b67883e8d87530) and
// 58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec (CIFAR-100; MD5 03b5dce01913d631647c71ecec9e9cb8).

/** The same batch as Python's version of the set has it, which torchvision and Keras keep. */
function pickled(name: string): readonly OtherFile[] {
  return [{ name, form: 'pickle' }];
}

/** The Hub has all five batches in one file. */
function batch(name: string, split: Split, sha256: string): DataFile {
  const first = 10_000 * (Number(/\d/.exec(name) ?? 1) - 1);
  const rows = split === 'train' ? ([first, first + 10_000] as const) : undefined;
  return {
    name,
    split,
    form: 'cifar-10',
    count: 10_000,
    bytes: 10_000 * (1 + imageBytes),
    sha256,
    others: [...pickled(name.replace('.bin', '')), hubSplit(split, rows)],
  };
}

export const cifar10: DataSet = {
  name: 'cifar-10',
  title: 'CIFAR-10 small colour photographs of 10 classes',
  homepage,
  licence,
  source: {
    address,
    archive: { name: 'cifar-10-binary.tar.gz', folder: 'cifar-10-batches-bin', bytes: 170_052_171 },
  },
  folders: ['cifar10', 'cifar-10-batches-bin', 'cifar-10-batches-py', 'cifar-10-batches-py-target'],
  shape,
  classNames: ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'],
  files: [
    batch('data_batch_1.bin', 'train', 'cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5'),
    batch('data_batch_2.bin', 'train', 'a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed'),
    batch('data_batch_3.bin', 'train', 'bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67'),
    batch('data_batch_4.bin', 'train', '014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48'),
    batch('data_batch_5.bin', 'train', '755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add'),
    {
      ...batch('test_batch.bin', 'test', '8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b'),
      variants: [
        {
          sha256: 'b7a8afae140bbcc0153185efcbd5d6b73bc11a49943288e23ba94c44c391c169',
          note: '21 of the 10,000 images are decoded from JPEG copies, the others are the original pixels',
        },
      ],
    },
  ],
};

export const cifar100: DataSet = {
  name: 'cifar-100',
  title: 'CIFAR-100 small colour photographs of 100 classes',
  homepage,
  licence,
  source: {
    address,
    archive: { name: 'cifar-100-binary.tar.gz', folder: 'cifar-100-binary', bytes: 168_513_733 },
  },
  folders: ['cifar100', 'cifar-100-binary', 'cifar-100-python', 'cifar-100-python-target'],
  shape,
  // The fine labels, spelt and ordered as in the archive's fine_label_names.txt.
  classNames:
    `apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl boy bridge bus butterfly camel can
    castle caterpillar cattle chair chimpanzee clock cloud cockroach couch crab crocodile cup dinosaur dolphin elephant
    flatfish forest fox girl hamster house kangaroo keyboard lamp lawn_mower leopard lion lizard lobster man maple_tree
    motorcycle mountain mouse mushroom oak_tree orange orchid otter palm_tree pear pickup_truck pine_tree plain plate
    poppy porcupine possum rabbit raccoon ray road rocket rose sea seal shark shrew skunk skyscraper snail snake spider
    squirrel streetcar sunflower sweet_pepper table tank telephone television tiger tractor train trout tulip turtle
    wardrobe whale willow_tree wolf woman worm`.split(/\s+/),
  files: [
    {
      name: 'train.bin',
      split: 'train',
      form: 'cifar-100',
      count: 50_000,
      bytes: 50_000 * (2 + imageBytes),
      others: [...pickled('train'), hubSplit('train')],
      sha256: 'f31298fc616915fa142368359df1c4ca2ae984d6915ca468b998a5ec6aeebf29',
    },
    {
      name: 'test.bin',
      split: 'test',
      form: 'cifar-100',
      count: 10_000,
      bytes: 10_000 * (2 + imageBytes),
      others: [...pickled('test'), hubSplit('test')],
      sha256: 'd8b1e6b7b3bee4020055f0699b111f60b1af1e262aeb93a0b659061746f8224a',
    },
  ],
};
