"""Writes images.json: PNG and JPEG files by Pillow (and, interlaced, by hand), and the pixels that Pillow reads from them."""
import base64, io, json, struct, sys, zlib
import numpy as np
from PIL import Image

y, x = np.mgrid[0:7, 0:9]
grey = ((x * 29 + y * 17) % 256).astype('u1')
rgb = np.stack([grey, (x * 31 % 256).astype('u1'), (y * 37 % 256).astype('u1')], 2)
clear = np.full(grey.shape, 255, 'u1')
hole = clear.copy()
hole[3, 4] = 254
colours = Image.fromarray(rgb)
turned, upright = Image.Exif(), Image.Exif()
turned[0x112], upright[0x112] = 6, 1


def saved(image, form, **options):
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def interlaced(pixels, kind):
    channels = pixels.shape[2] if pixels.ndim == 3 else 1
    lines = b''
    for x0, y0, dx, dy in [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]:
        part = pixels[y0::dy, x0::dx]
        if part.size:
            lines += b''.join(b'\0' + line.tobytes() for line in part)
    chunk = lambda name, data: struct.pack('>I', len(data)) + name + data + struct.pack('>I', zlib.crc32(name + data))
    head = struct.pack('>IIBBBBB', pixels.shape[1], pixels.shape[0], 8, kind, 0, 0, 1)
    return b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', head) + chunk(b'IDAT', zlib.compress(lines)) + chunk(b'IEND', b'')


def palette(count, **options):
    return saved(colours.convert('P', palette=Image.ADAPTIVE, colors=count), 'PNG', **options)


files = {
    'grey.png': saved(Image.fromarray(grey), 'PNG'),
    'grey of 1 bit.png': saved(Image.fromarray(grey).convert('1'), 'PNG'),
    'rgb.png': saved(colours, 'PNG'),
    'palette of 200.png': palette(200),
    'palette of 16.png': palette(16, bits=4),
    'palette of 3.png': palette(3, bits=2),
    'opaque alpha.png': saved(Image.fromarray(np.dstack([rgb, clear])), 'PNG'),
    'opaque alpha, grey.png': saved(Image.fromarray(np.dstack([grey, clear]), 'LA'), 'PNG'),
    'interlaced.png': interlaced(rgb, 2),
    'interlaced, grey.png': interlaced(grey, 0),
    'rgb.jpg': saved(colours, 'JPEG', quality=90, subsampling=0),
    'halved colours.jpg': saved(colours, 'JPEG', quality=75, subsampling=2),
    'progressive.jpg': saved(colours, 'JPEG', progressive=True),
    'grey.jpg': saved(Image.fromarray(grey), 'JPEG'),
    'upright.jpg': saved(colours, 'JPEG', exif=upright),
    'see-through.png': saved(Image.fromarray(np.dstack([rgb, hole])), 'PNG'),
    'see-through colour.png': saved(colours, 'PNG', transparency=(0, 0, 0)),
    '16 bits.png': saved(Image.fromarray(grey.astype('u2') * 257), 'PNG'),
    'moving.png': saved(colours, 'PNG', save_all=True, append_images=[colours.rotate(180)]),
    'turned.png': saved(colours, 'PNG', exif=turned),
    'turned.jpg': saved(colours, 'JPEG', exif=turned),
    'cmyk.jpg': saved(colours.convert('CMYK'), 'JPEG'),
    'other.gif': saved(Image.fromarray(grey), 'GIF'),
}
text = lambda data: base64.b64encode(data).decode()
images = {}
for name, data in files.items():
    image = Image.open(io.BytesIO(data))
    image = image.convert('L' if image.mode in ('1', 'L', 'LA', 'I;16', 'I') else 'RGB')
    images[name] = {'file': text(data), 'channels': len(image.getbands()), 'pixels': text(np.asarray(image).tobytes())}
json.dump({'height': 7, 'width': 9, 'images': images}, sys.stdout, indent=1)
