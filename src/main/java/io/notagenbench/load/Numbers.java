package io.notagenbench.load;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as people read them. */
final class Numbers {

    private static final MathContext THREE = new MathContext(3);

    private Numbers() {
    }

    /** Three digits at most, without zeros at the end. */
    static String brief(double number) {
        return new BigDecimal(number).round(THREE).stripTrailingZeros().toPlainString();
    }

    static String percent(double share) {
        return Math.round(100 * share) + " %";
    }
}
