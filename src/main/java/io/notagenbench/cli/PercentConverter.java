package io.notagenbench.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code 5%} as 0.05. */
final class PercentConverter implements ITypeConverter<Double> {

    private static final Pattern PERCENT = Pattern.compile("(.*\\S) ?%");

    @Override
    public Double convert(String value) {
        Matcher matcher = PERCENT.matcher(value);
        if (matcher.matches()) {
            try {
                double percent = Double.parseDouble(matcher.group(1));
                if (percent >= 0 && Double.isFinite(percent)) {
                    return percent / 100;
                }
            } catch (NumberFormatException e) {
                // told below
            }
        }
        throw new TypeConversionException("'" + value + "' is not a percentage: write it as 5%");
    }
}
