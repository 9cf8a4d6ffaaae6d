package io.github.ownproof.examples.supportdesk;

import io.github.ownproof.auth.AuthenticationRequirement;
import io.github.ownproof.auth.IssuerProfiles;
import io.github.ownproof.auth.TokenVerifier;
import io.github.ownproof.auth.grant.GrantSigner;
import io.github.ownproof.auth.grant.GrantStore;
import io.github.ownproof.auth.grant.ReadOnlyPermissions;
import io.github.ownproof.auth.grant.SupportAccess;
import io.github.ownproof.auth.grant.SupportAccessChecker;
import io.github.ownproof.auth.keys.KeySource;
import io.github.ownproof.auth.servlet.BearerTokenFilter;
import io.github.ownproof.core.audit.HashChainedTrail;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

/** Everything put together: the provider, the desk, and two services, each on its own port. */
final class Demo implements Closeable {

  static final String RESIDENCY = "eu";

  private static final String HERE = "an example on one machine has no TLS";

  private final Deque<Closeable> toClose = new ArrayDeque<>();
  private final Clock clock = Clock.systemUTC();
  private final Orders orders = new Orders();
  private final GrantStore grants = GrantStore.inMemory(clock);
  private final ReadOnlyPermissions reads =
      ReadOnlyPermissions.builder()
          .reads(Orders.READ)
          .readEquivalents(Orders.WRITE, Orders.READ)
          .build();
  private final Path auditFile;
  private final HashChainedTrail audit;
  private final Provider provider;
  private final TokenVerifier accessTokens;
  private final People people;
  private final Customers customers;
  private final SupportAccess desk;
  private final WebServer deskWeb;
  private final ServiceClient services;

  /** Starts it all; the desk's pages on this port, or on a free one for 0. */
  static Demo start(int port) throws Exception {
    return new Demo(port);
  }

  private Demo(int port) throws Exception {
    auditFile = Files.createTempDirectory("support-desk").resolve("audit.jsonl");
    toClose.push(this::removeAuditFile);
    audit = HashChainedTrail.open(auditFile);
    toClose.push(audit::close);
    provider = new Provider(clock);
    toClose.push(provider);
    accessTokens = verifierOfAccessTokens();
    toClose.push(accessTokens::close);
    people = new People(provider.issuer());
    customers = new Customers(orders, people, clock.instant().minus(Duration.ofDays(30)));
    desk = openDesk();
    WebServer ordersWeb = listen("orders", 0);
    WebServer invoicesWeb = listen("invoices", 0);
    deskWeb = listen("desk", port);
    BearerTokenFilter tokens = BearerTokenFilter.of(accessTokens);
    ordersWeb.serve(tokens, new OrdersService(orders, people, checker()));
    invoicesWeb.serve(tokens, new InvoicesService(people));
    services = new ServiceClient(ordersWeb.origin(), invoicesWeb.origin());
    deskWeb.serve(new SecurityHeaders(), pages());
  }

  private TokenVerifier verifierOfAccessTokens() {
    return TokenVerifier.builder()
        .accept(
            IssuerProfiles.oidc(provider.issuer())
                .audience(Provider.AUDIENCE)
                .accessTokens()
                .acceptUntypedAccessTokens("this provider's tokens have the type JWT")
                .allowInsecureLoopback(HERE))
        .build();
  }

  private TokenVerifier verifierOfIdTokens() {
    return TokenVerifier.builder()
        .accept(
            IssuerProfiles.oidc(provider.issuer())
                .audience(Provider.CLIENT)
                .idTokens()
                .allowInsecureLoopback(HERE))
        .build();
  }

  private SupportAccess openDesk() throws Exception {
    KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
    keys.initialize(new ECGenParameterSpec("secp256r1"));
    return SupportAccess.builder()
        .signingKey(GrantSigner.of("desk-1", keys.generateKeyPair()))
        .grants(grants)
        .audit(audit)
        .customers(customers)
        .staff(people)
        .permissions(reads)
        .services(OrdersService.NAME)
        .stepUp(AuthenticationRequirement.of(Provider.STRONG).within(Duration.ofMinutes(5)))
        .clock(clock)
        .build();
  }

  /** What the orders service has of the desk: its public keys, and where grants stand. */
  private SupportAccessChecker checker() {
    return SupportAccess.checker(
        SupportAccessChecker.Settings.of(
                KeySource.pinned(desk.publicKeys()), OrdersService.NAME, RESIDENCY)
            .customers(customers)
            .permissions(reads)
            .grants(grants)
            .audit(audit)
            .clock(clock));
  }

  private DeskServlet pages() throws Exception {
    Sessions sessions = new Sessions();
    Views views = new Views(people, clock);
    DeskServlet servlet = new DeskServlet(deskWeb.origin(), sessions, accessTokens, people);
    TokenVerifier idTokens = verifierOfIdTokens();
    toClose.push(idTokens::close);
    SignIn signIn =
        SignIn.discover(
            provider.issuer(), deskWeb.origin().resolve("/signed-in"), idTokens, accessTokens);
    new SignInPages(signIn, sessions, people).addTo(servlet);
    new EngineerPages(desk, people, orders.customers(), views).addTo(servlet);
    new UsePages(desk, services).addTo(servlet);
    ApproverPages approvers = new ApproverPages(desk, people, views);
    approvers.addTo(servlet);
    new TransparencyPage(desk, approvers, people, views, clock).addTo(servlet);
    return servlet;
  }

  private WebServer listen(String name, int port) throws Exception {
    WebServer web = WebServer.listen(name, port);
    toClose.push(web);
    return web;
  }

  /** Where people go with their browsers. */
  URI origin() {
    return deskWeb.origin();
  }

  Path auditFile() {
    return auditFile;
  }

  HashChainedTrail audit() {
    return audit;
  }

  /** Nobody has to answer for a demonstration. */
  private void removeAuditFile() throws IOException {
    Files.deleteIfExists(auditFile);
    Files.deleteIfExists(Objects.requireNonNull(auditFile.getParent()));
  }

  Provider provider() {
    return provider;
  }

  TokenVerifier accessTokens() {
    return accessTokens;
  }

  SupportAccess desk() {
    return desk;
  }

  ServiceClient services() {
    return services;
  }

  @Override
  public void close() throws IOException {
    while (!toClose.isEmpty()) {
      toClose.pop().close();
    }
  }
}
