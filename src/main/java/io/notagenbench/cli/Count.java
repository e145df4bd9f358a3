package io.notagenbench.cli;

/** A number of things in words. */
final class Count {

    private Count() {
    }

    /** {@code 1 cell}, {@code 2 cells}. */
    static String of(long number, String thing) {
        return of(number, thing, thing + "s");
    }

    static String of(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
