package org.guiling.signon.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.OperationType;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.guiling.secret.SecretFolder;
import org.guiling.signon.SignOnProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ldap.NamingException;

/** The service account's password is exchanged in the directory and in its file, and people go on signing on. */
class DirectoryPasswordTest {

    private static final String SETTING = "guiling.sign-on.directory.password";
    private static final String SERVICE = "cn=guiling,dc=example,dc=org";

    @TempDir
    Path folder;

    @Test
    void anExchangedPasswordIsUsedAtOnce() throws Exception {
        InMemoryDirectoryServer server = server();
        try {
            SecretFolder files = new SecretFolder(folder).with(SETTING, "first");
            String url = "ldap://127.0.0.1:" + server.getListenPort() + "/dc=example,dc=org";
            SignOnProperties.Directory settings =
                    new SignOnProperties.Directory(url, SERVICE, "first", "", "(cn={0})", "cn", Duration.ofSeconds(5));
            Directory directory = new Directory(
                    new SignOnProperties(null, null, null, null, null, null, settings, null), files.read());
            assertThat(directory.find("guiling")).isPresent();

            server.modify("dn: " + SERVICE, "changetype: modify", "replace: userPassword", "userPassword: second");
            assertThatThrownBy(() -> directory.find("guiling")).isInstanceOf(NamingException.class);
            files.with(SETTING, "second");

            assertThat(directory.find("guiling")).isPresent();
        } finally {
            server.shutDown(true);
        }
    }

    private static InMemoryDirectoryServer server() throws Exception {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=example,dc=org");
        config.setListenerConfigs(
                InMemoryListenerConfig.createLDAPConfig("tcp", InetAddress.getLoopbackAddress(), 0, null));
        config.setSchema(null);
        config.setAuthenticationRequiredOperationTypes(OperationType.SEARCH);
        InMemoryDirectoryServer server = new InMemoryDirectoryServer(config);
        server.add("dn: dc=example,dc=org", "objectClass: domain", "dc: example");
        server.add("dn: " + SERVICE, "objectClass: person", "cn: guiling", "sn: guiling", "userPassword: first");
        server.startListening();
        return server;
    }
}
