package carillon.templates;

import java.util.List;
import java.util.Optional;

/** The places a social icon can lead to. */
record SocialNetwork(String word, String name) {

  private static final List<SocialNetwork> ALL =
      List.of(
          new SocialNetwork("android", "Google Play"),
          new SocialNetwork("apple", "App Store"),
          new SocialNetwork("custom", "Link"),
          new SocialNetwork("discord", "Discord"),
          new SocialNetwork("email", "Email"),
          new SocialNetwork("facebook", "Facebook"),
          new SocialNetwork("google-plus", "Google"),
          new SocialNetwork("instagram", "Instagram"),
          new SocialNetwork("linkedin", "LinkedIn"),
          new SocialNetwork("pinterest", "Pinterest"),
          new SocialNetwork("rss", "RSS"),
          new SocialNetwork("snapchat", "Snapchat"),
          new SocialNetwork("threads", "Threads"),
          new SocialNetwork("tiktok", "TikTok"),
          new SocialNetwork("twitch", "Twitch"),
          new SocialNetwork("twitter", "Twitter"),
          new SocialNetwork("whatsapp", "WhatsApp"),
          new SocialNetwork("x-twitter", "X"),
          new SocialNetwork("yelp", "Yelp"),
          new SocialNetwork("youtube", "YouTube"));

  static String[] words() {
    return ALL.stream().map(SocialNetwork::word).toArray(String[]::new);
  }

  static Optional<String> name(String word) {
    return ALL.stream().filter(one -> one.word.equals(word)).map(SocialNetwork::name).findFirst();
  }
}
