package io.notagenbench.document;

import java.util.List;

/**
 * A picture of numbers that also stand in a table.
 *
 * @param id     of letters, digits and hyphens, unique in its document
 * @param title  what it shows
 * @param kind   how
 * @param x      axis of the first coordinate; of bars the one along which they grow
 * @param y      axis of the second; of bars unused but for its title
 * @param bars   names of the bars from top to bottom; empty for other kinds
 * @param series what is drawn
 */
public record Chart(String id, String title, Kind kind, Axis x, Axis y, List<String> bars, List<Series> series)
        implements Block {

    /** How numbers become a picture. */
    public enum Kind {
        /** Horizontal bars, one a name; several series are stacked. */
        BARS,
        /** Points that a line joins. */
        LINES,
        /** Points alone. */
        POINTS
    }

    /**
     * An axis.
     *
     * @param title       with the unit
     * @param logarithmic whether equal factors are equal distances
     */
    public record Axis(String title, boolean logarithmic) {

        /** A linear one. */
        public static Axis of(String title) {
            return new Axis(title, false);
        }

        public static Axis logarithmic(String title) {
            return new Axis(title, true);
        }
    }

    /**
     * Numbers that belong together.
     *
     * @param name     in the legend
     * @param joined   whether a line joins them, also among points
     * @param labelled whether the labels of its points always stand beside them
     * @param points   for bars one for each name, at {@code x}
     */
    public record Series(String name, boolean joined, boolean labelled, List<Point> points) {

        public Series {
            points = List.copyOf(points);
        }

        /** A series whose labels are seen when it is pointed at. */
        public Series(String name, boolean joined, List<Point> points) {
            this(name, joined, false, points);
        }
    }

    /**
     * A number or a pair of them.
     *
     * @param label what is said when it is pointed at; may be empty
     */
    public record Point(double x, double y, String label) {
    }

    public Chart {
        bars = List.copyOf(bars);
        series = List.copyOf(series);
    }

    @Override
    public boolean isEmpty() {
        return series.stream().allMatch(one -> one.points().isEmpty());
    }
}
