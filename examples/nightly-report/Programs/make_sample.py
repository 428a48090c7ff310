"""Makes a small shop.db with a week of orders."""

import datetime
import pathlib
import sqlite3


def make() -> str:
    if pathlib.Path("shop.db").exists():
        raise SystemExit("shop.db is there already, and is left as it is.")
    connection = sqlite3.connect("shop.db")
    with connection:
        connection.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, day TEXT, product TEXT, amount INTEGER, price REAL)")
        for ago in range(7):
            day = (datetime.date.today() - datetime.timedelta(days=ago)).isoformat()
            for product, amount, price in (("Apples", 3 + ago, 1.2), ("Pears", 2, 2.5), ("Apples", 1, 1.2)):
                connection.execute("INSERT INTO orders (day, product, amount, price) VALUES (?, ?, ?, ?)", (day, product, amount, price))
    connection.close()
    return "shop.db"
