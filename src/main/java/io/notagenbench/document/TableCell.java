package io.notagenbench.document;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One field of a table.
 *
 * @param text  as it is read
 * @param exact the number behind it, with all its digits; empty if it is not a number
 */
public record TableCell(String text, OptionalDouble exact) {

    /** There is nothing to say. */
    public static final TableCell NONE = new TableCell("-", OptionalDouble.empty());

    private static final int MOST_DECIMALS = 6;

    /** Words, {@link #NONE} where there are none. */
    public static TableCell of(String text) {
        return new TableCell(text, OptionalDouble.empty());
    }

    /** A number; {@link #NONE} where it is not finite. */
    public static TableCell of(double value) {
        return Double.isFinite(value) ? new TableCell(number(value), OptionalDouble.of(value)) : NONE;
    }

    /** A number that may be missing. */
    public static TableCell of(OptionalDouble value) {
        return value.isPresent() ? of(value.getAsDouble()) : NONE;
    }

    /** A small number of any size, as {@code 1.37e-04}. */
    public static TableCell scientific(double value) {
        return Double.isFinite(value) ? new TableCell(String.format(Locale.ROOT, "%.2e", value), OptionalDouble.of(value)) : NONE;
    }

    /** Three significant digits, more where they stand before the point; {@code -} where it is not finite. */
    public static String number(double value) {
        if (!Double.isFinite(value)) {
            return NONE.text();
        }
        double magnitude = Math.abs(value);
        int decimals = magnitude >= 100 || value == Math.rint(value) && magnitude >= 1 || magnitude == 0 ? 0
                : Math.max(0, 2 - (int) Math.floor(Math.log10(magnitude)));
        return String.format(Locale.ROOT, "%." + Math.min(MOST_DECIMALS, decimals) + "f", value);
    }
}
