package org.guiling;

import java.util.Arrays;
import org.guiling.audit.VerifyAudit;
import org.guiling.audit.log.VerifyLog;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.ldap.LdapAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts Guiling (归零): engine, record, REST and pages in one process; or one of its commands. */
// The directory is ours to configure (signon/password/Directory); without one, nothing is to look for a server on
// localhost.
@SpringBootApplication(exclude = LdapAutoConfiguration.class)
@ConfigurationPropertiesScan
public class GuilingApplication {

    public static void main(String[] args) {
        if (Arrays.asList(args).contains(VerifyAudit.COMMAND)) {
            System.exit(VerifyAudit.run(args));
        }
        if (Arrays.asList(args).contains(VerifyLog.COMMAND)) {
            System.exit(VerifyLog.run(args));
        }
        SpringApplication.run(GuilingApplication.class, args);
    }
}
