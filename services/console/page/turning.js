// A page that lies on its side, turned by quarters. Pure.

// A place, in thousandths of its page, on the page turned clockwise by so many quarters.
export function turnedPlace(place, quarters) {
    let turned = { left: place.left, top: place.top, width: place.width, height: place.height };
    for (let at = 0; at < quarters % 4; at += 1)
        turned = { left: 1000 - turned.top - turned.height, top: turned.left, width: turned.height, height: turned.width };
    return turned;
}

// How wide a page is to its height once it is turned, its dots `stretch` times as high as wide.
export function turnedShape(page, quarters) {
    const [wide, high] = [page.width, Math.round(page.height * page.stretch)];
    return quarters % 2 === 0 ? [wide, high] : [high, wide];
}
