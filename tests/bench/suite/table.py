# SPDX-License-Identifier: Apache-2.0
"""The result as text for a terminal and as Markdown."""


def time_text(microseconds):
    return f"{microseconds:.0f} µs" if microseconds < 1_000 else f"{microseconds / 1_000:.1f} ms"


def raw_rows(raw):
    return [[name, time_text(cost) if cost >= 10 else f"{cost:.1f} µs"] for name, cost in raw.items()]


def times_text(job):
    return f"{job['rate'] / job['rival']:.1f} ×" if job["rival"] else "–"


def ratio_text(job):
    ratios = job["ratios"]
    range_text = f" ({ratios[0]:.1f}–{ratios[-1]:.1f})" if len(ratios) > 1 else ""
    return f"{job['ratio']:.2f} ×{range_text}"


def job_rows(jobs):
    rows = []
    for job in jobs:
        rows.append([job["title"], time_text(job["cpu"]), time_text(job["limit"]), ratio_text(job),
                     f"≤ {job['goal']:g} ×", f"{job['rate']:,.0f}", time_text(job["p50"]), time_text(job["p99"])])
    return rows


def with_rival(head, rows, jobs):
    """One more column where node-oidc-provider was measured too."""
    if not any(job["rival"] for job in jobs):
        return head, rows
    return [*head, "Times node-oidc-provider"], [[*row, times_text(job)] for row, job in zip(rows, jobs)]


JOB_HEAD = ["Job", "CPU each", "Raw limit", "Ratio", "Goal", "Each second", "p50", "p99"]
OTHER_HEAD = ["Also", "Figure", "Goal"]
RAW_HEAD = ["Raw limit, one core", "CPU"]


def tables(result):
    found = []
    if result["jobs"]:
        found.append(with_rival(JOB_HEAD, job_rows(result["jobs"]), result["jobs"]))
    if result["others"]:
        found.append((OTHER_HEAD, [[r["what"], r["figure"], r["goal"]] for r in result["others"]]))
    if result["raw"]:
        found.append((RAW_HEAD, raw_rows(result["raw"])))
    return found


def markdown(result):
    blocks = [result["machine"] + "."]
    for head, rows in tables(result):
        lines = ["| " + " | ".join(cells) + " |" for cells in (head, *rows)]
        align = ["---"] + ["---:" if head is not OTHER_HEAD else "---"] * (len(head) - 1)
        lines.insert(1, "|" + "|".join(align) + "|")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def plain(result):
    blocks = [result["machine"]]
    for head, rows in tables(result):
        widths = [max(len(line[i]) for line in (head, *rows)) for i in range(len(head))]
        blocks.append("\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip()
                                for line in (head, *rows)))
    return "\n\n".join(blocks)
