// A sample mini program. Set `server` to your CertGuide and add its domain (HTTPS, filed) under 开发管理 > 服务器域名 > request.
App({
  globalData: { server: "https://example.cn", region: "" },
});
