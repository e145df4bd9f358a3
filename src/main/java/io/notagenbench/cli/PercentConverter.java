package io.notagenbench.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code 5%} as 0.05. */
final class PercentConverter implements ITypeConverter<Double> {

    private static final Pattern PERCENT = Pattern.compile("(\\d+(?:\\.\\d+)?) ?%");

    @Override
    public Double convert(String value) {
        Matcher matcher = PERCENT.matcher(value);
        if (!matcher.matches()) {
            throw new TypeConversionException("'" + value + "' is no percentage: write it as 5%");
        }
        return Double.parseDouble(matcher.group(1)) / 100;
    }
}
