// Asks veraPDF about files: java Verdict PROFILE FILE... prints a line a fault, behind the file that has it and how often.
import java.io.FileInputStream;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

public final class Verdict {
    private static final int LISTED = 1000;

    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        PDFAFlavour profile = PDFAFlavour.byFlavourId(arguments[0]);
        for (int at = 1; at < arguments.length; at++) {
            judge(profile, arguments[at]);
        }
    }

    private static void judge(PDFAFlavour profile, String path) throws Exception {
        try (FileInputStream stream = new FileInputStream(path);
                PDFAParser parser = Foundries.defaultInstance().createParser(stream, profile);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, LISTED, false, false, false)) {
            ValidationResult result = validator.validate(parser);
            Map<String, Integer> faults = new TreeMap<>();
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
                    faults.merge(rule, 1, Integer::sum);
                }
            }
            System.out.println(path + "\t" + result.getTotalAssertions() + "\t" + (result.isCompliant() ? "" : "refused") + faults.keySet());
        }
    }
}
