package io.notagenbench.load;

import io.notagenbench.fault.Fault;
import java.util.Arrays;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which pieces requests ask for: each one of its own, or some of them again. A cache is worth what this says. */
public final class Popularity {

    private static final Pattern REPEAT = Pattern.compile("repeat:(0(?:\\.\\d{1,9})?|1(?:\\.0{1,9})?)");
    private static final Pattern ZIPF = Pattern.compile("zipf:(\\d{1,2}(?:\\.\\d{1,9})?):([1-9]\\d{0,5})");

    private final String name;
    private final double repeated;
    private final double[] sums;

    private Popularity(String name, double repeated, double[] sums) {
        this.name = name;
        this.repeated = repeated;
        this.sums = sums;
    }

    /** @throws Fault (usage) if there is none of this name */
    public static Popularity of(String name) {
        if (name.equals("unique")) {
            return new Popularity(name, 0, new double[0]);
        }
        Matcher repeat = REPEAT.matcher(name);
        if (repeat.matches()) {
            return new Popularity(name, Double.parseDouble(repeat.group(1)), new double[0]);
        }
        Matcher zipf = ZIPF.matcher(name);
        if (zipf.matches()) {
            return new Popularity(name, 0, sums(Double.parseDouble(zipf.group(1)), Integer.parseInt(zipf.group(2))));
        }
        throw Fault.usage("--popularity " + name + " is not possible: give unique, repeat:0.5 for a half that was asked for before,"
                + " or zipf:0.9:1000 for an exponent and a number of pieces.");
    }

    private static double[] sums(double exponent, int pieces) {
        double[] sums = new double[pieces];
        double sum = 0;
        for (int i = 0; i < pieces; i++) {
            sum += Math.pow(i + 1, -exponent);
            sums[i] = sum;
        }
        return sums;
    }

    /** The number of the piece that each request asks for; the most popular one of Zipf's law is 0. */
    int[] pieces(int requests, long seed) {
        Random random = new Random(seed);
        int[] pieces = new int[requests];
        int known = 0;
        for (int i = 0; i < requests; i++) {
            if (sums.length > 0) {
                int found = Arrays.binarySearch(sums, random.nextDouble() * sums[sums.length - 1]);
                pieces[i] = Math.min(sums.length - 1, found < 0 ? -found - 1 : found);
            } else {
                pieces[i] = known > 0 && random.nextDouble() < repeated ? random.nextInt(known) : known++;
            }
        }
        return pieces;
    }

    @Override
    public String toString() {
        return name;
    }
}
