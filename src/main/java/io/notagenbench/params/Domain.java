package io.notagenbench.params;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The values that a parameter may have. */
sealed interface Domain {

    /** Whether {@code value} is one of them. */
    boolean holds(String value);

    /** The allowed values in words, to follow "allowed is". */
    String words();

    /**
     * What somebody who gave this list may have meant: a sentence that begins with a blank, or an empty text.
     */
    default String hint(List<String> values) {
        return "";
    }

    /** One of a few names. */
    record Choice(List<String> names) implements Domain {

        /** The names of constants. */
        static <T> Choice of(T[] constants, Function<T, String> name) {
            return new Choice(Arrays.stream(constants).map(name).toList());
        }

        @Override
        public boolean holds(String value) {
            return names.contains(value);
        }

        @Override
        public String words() {
            return String.join(", ", names);
        }
    }

    /** A whole number. */
    record Whole(long least, long most) implements Domain {

        private static final Pattern DIGITS = Pattern.compile("\\d{1,18}");

        @Override
        public boolean holds(String value) {
            return DIGITS.matcher(value).matches() && least <= Long.parseLong(value) && Long.parseLong(value) <= most;
        }

        @Override
        public String words() {
            return "a whole number from " + least + " to " + most;
        }
    }

    /**
     * A decimal number, as Java reads it.
     *
     * @param above     lower bound
     * @param inclusive whether the lower bound itself is allowed
     * @param most      largest value
     */
    record Decimal(String above, boolean inclusive, String most) implements Domain {

        private static final Pattern WHOLE = Pattern.compile("\\d{1,9}");
        private static final Pattern NOT_ZERO = Pattern.compile("[^eEpP]*[1-9].*");

        /** A number that is so small that it becomes 0 is refused. */
        @Override
        public boolean holds(String value) {
            try {
                double number = Double.parseDouble(value);
                double least = Double.parseDouble(above);
                return (number > least || inclusive && number == least) && number <= Double.parseDouble(most)
                        && (number != 0 || !NOT_ZERO.matcher(value).matches());
            } catch (NumberFormatException e) {
                return false;
            }
        }

        @Override
        public String words() {
            return "a number " + (inclusive ? "from " : "above ") + above + (inclusive ? " to " : " up to ") + most;
        }

        /** Detects a number with a decimal comma, which was read as two values. */
        @Override
        public String hint(List<String> values) {
            String meant = String.join(".", values);
            return values.size() == 2 && WHOLE.matcher(values.get(0)).matches()
                    && WHOLE.matcher(values.get(1)).matches() && holds(meant)
                    ? " A comma separates two values: write " + meant + " with a point." : "";
        }
    }

    /** A text that matches a pattern. */
    record Text(Pattern form, String words) implements Domain {

        Text(String form, String words) {
            this(Pattern.compile(form), words);
        }

        @Override
        public boolean holds(String value) {
            return form.matcher(value).matches();
        }
    }
}
