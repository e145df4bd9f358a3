package io.notagenbench.params;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

/** The values that a parameter may have. */
sealed interface Domain {

    /** Whether {@code value} is one of them. */
    boolean holds(String value);

    /** The allowed values in words, to follow "allowed is". */
    String words();

    /** One of a few names. */
    record Choice(List<String> names) implements Domain {

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

    /** A decimal number above {@code above}, or equal to it where {@code inclusive}, and at most {@code most}. */
    record Decimal(String above, boolean inclusive, String most) implements Domain {

        private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,18})?|\\.\\d{1,18}");

        @Override
        public boolean holds(String value) {
            if (!NUMBER.matcher(value).matches()) {
                return false;
            }
            BigDecimal number = new BigDecimal(value);
            int order = number.compareTo(new BigDecimal(above));
            return (order > 0 || inclusive && order == 0) && number.compareTo(new BigDecimal(most)) <= 0;
        }

        @Override
        public String words() {
            return "a number " + (inclusive ? "from " : "above ") + above + (inclusive ? " to " : " up to ") + most;
        }
    }

    /** A text of a form. */
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
