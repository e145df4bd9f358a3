package io.notagenbench.sweep;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tells a person how far a sweep is: a line for each cell, with what is done, left and failed. */
final class SweepProgress {

    private final PrintWriter out;
    private final int total;
    private final List<CellRow> measured = new ArrayList<>();
    private int left;
    private int done;
    private int failed;

    /**
     * @param total cells of the plan
     * @param left  cells that are still to run
     */
    SweepProgress(PrintWriter out, int total, int left) {
        this.out = out;
        this.total = total;
        this.left = left;
        done = total - left;
    }

    void started(int number, Cell cell) {
        out.printf("[%d/%d] %s ... ", number, total, cell.label());
        out.flush();
    }

    void ended(CellRow row) {
        left--;
        if (row.isFine()) {
            done++;
        } else {
            failed++;
        }
        measured.add(row);
        out.printf(Locale.ROOT, "%s %s(%.1f s): %d done, %d left, %d failed%s%n", row.outcome(),
                row.score() == null ? "" : String.format(Locale.ROOT, "%.4g %s ", row.score(), row.unit()),
                row.seconds(), done, left, failed, left == 0 ? "" : ", about " + eta());
        if (!row.reason().isEmpty()) {
            out.println("    " + row.reason());
        }
        out.flush();
    }

    private String eta() {
        double mean = measured.stream().mapToDouble(CellRow::seconds).average().orElse(0);
        return words(mean * left) + " to go";
    }

    /** A time in the unit that people read. */
    static String words(double seconds) {
        return seconds < 90 ? Math.round(seconds) + " s" : Math.round(seconds / 60) + " min";
    }
}
