"""A sheet of any length in which every hundredth row is wrong, each in one of four ways."""

import pathlib
import sys

import xlsxwriter

HEADER = ("编号", "标题", "难题", "投入（万元）", "截止日期")
EVERY = 100
WRONG = {1: {"标题": ""}, 2: {"投入（万元）": "很多"}, 3: {"截止日期": "2027-02-30"}, 0: {"难题": "请打 13812345678"}}


def rows(count: int) -> list[dict[str, str]]:
    """Row n stands in line n + 1 of the sheet, below the header."""
    good = [{"编号": f"row-{n}", "标题": f"第 {n} 号管坯矫直后跳动超差", "难题": f"外径 {n % 90} mm 的薄壁管坯校直后跳动 0.08 mm，要到 0.03 mm。",
             "投入（万元）": str(5 + n % 40), "截止日期": "2027.6.30"} for n in range(1, count + 1)]
    return [row | (WRONG[n // EVERY % len(WRONG)] if n % EVERY == 0 else {}) for n, row in enumerate(good, 1)]


def wrong_places(count: int) -> list[tuple[int, str]]:
    """(line, column) of each mistake."""
    return [(n + 1, next(iter(WRONG[n // EVERY % len(WRONG)]))) for n in range(EVERY, count + 1, EVERY)]


def write(path: pathlib.Path, count: int) -> pathlib.Path:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("需求")
        for line, cells in enumerate([HEADER, *(row.values() for row in rows(count))]):
            sheet.write_row(line, 0, cells)
    return path


if __name__ == "__main__":
    write(pathlib.Path(sys.argv[1]), int(sys.argv[2]))
